"""How members write services and needs on the public site."""
