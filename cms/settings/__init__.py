"""Settings inherit from production outward: demo, test and development say only what they loosen."""
