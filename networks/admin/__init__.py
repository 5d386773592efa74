"""The desk's pages of networks, people and meetings."""
