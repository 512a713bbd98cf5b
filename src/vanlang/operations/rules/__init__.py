"""What the doctor makes of a measurement: pure rules from values to findings. Every threshold stands at the top of its file."""
