"""What a person does with their work: narrow the lists, take a translation on, hand it over, and see what
is to come."""
