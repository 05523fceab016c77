"""Deployment (triển khai): one province set up, loaded with its data and brought to life."""
