"""What people are told: in the admin, and by mail at once, once a day or not at all."""
