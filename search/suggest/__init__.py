"""What a reader may have in mind while still typing: titles and terms that begin so."""
