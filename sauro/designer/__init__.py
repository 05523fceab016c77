"""Designer (thiết kế quy trình): where a trained clerk draws, checks and publishes processes."""
