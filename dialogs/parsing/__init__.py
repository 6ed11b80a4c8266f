"""What people type, turned into values. What cannot be read for certain comes back as a value too."""
