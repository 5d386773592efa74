"""The portal's settings with one more address, for `make bench`: a view that does nothing."""

from perhekeskus import settings as portal

globals().update({name: getattr(portal, name) for name in dir(portal) if name.isupper()})
ROOT_URLCONF = "tests.bench_urls"
