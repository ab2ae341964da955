"""What people upload: pictures lose their metadata and names, papers must be what their extension says."""
