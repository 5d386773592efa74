"""What a centre itself says on pages that are otherwise the interface's: the views and the sitemap ask the same."""

ON_FRONT = ("intro",)
ON_ABOUT = ("for_families", "for_professionals")
