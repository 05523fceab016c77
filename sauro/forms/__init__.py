"""Forms (mẫu khai): what a procedure asks, as versioned data: questions, conditions, pages."""
