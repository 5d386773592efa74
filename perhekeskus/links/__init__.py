"""Whether the web addresses that the site shows still lead somewhere."""
