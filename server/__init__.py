"""What keeps a process up and safe: gate, limits, queue, headers, logs and health; it knows no figure."""
