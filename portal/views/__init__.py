"""Pages of the portal: public ones, and those of the workplace."""
