"""The pages of lateness, for officials."""
