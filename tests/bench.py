"""`make bench`: requests per second and p95 of the main pages, as ratios to an empty Django view on the same server.

Speeds differ from machine to machine; the ratios hardly. Nothing is asserted: timed tests lie.
"""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles

PAGES = {
    "empty view": "/empty.txt",
    "front page": "/rovaniemi/",
    "list of services": "/rovaniemi/palvelut/",
    "one service": "/rovaniemi/palvelut/neuvola/",
    "theme": "/rovaniemi/teemat/erotilanne/",
    "age group": "/rovaniemi/ikaryhmat/1-6-vuotiaat/",
    "week": "/rovaniemi/kohtaamispaikat/",
    "calendar feed": "/rovaniemi/kohtaamispaikat/calendar.ics",
}
SECONDS, CLIENTS, ROUNDS = 3, 4, 2


def ask_for(port, path, until):
    """Times of requests for `path` on one connection, in seconds, until the clock says `until`."""
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=30), []
    while time.perf_counter() < until:
        start = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        times.append(time.perf_counter() - start)
    return times


def measure(port, path):
    """Requests per second and the 95th percentile in milliseconds."""
    until = time.perf_counter() + SECONDS
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = [t for row in pool.map(lambda _n: ask_for(port, path, until), range(CLIENTS)) for t in row]
    return len(times) / SECONDS, quantiles(times, n=20)[-1] * 1000


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _attempt in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("the server did not start")


def main():
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        env = os.environ | {"PROFILE": "embedded", "VAR_DIR": folder, "PORT": str(port)}
        env["DJANGO_SETTINGS_MODULE"] = "tests.bench_settings"
        server = subprocess.Popen([sys.executable, "manage.py", "start"], env=env, stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            for path in PAGES.values():
                ask_for(port, path, time.perf_counter() + 0.5)
            results = {
                name: max(measure(port, path) for _round in range(ROUNDS)) for name, path in PAGES.items()
            }
        finally:
            server.terminate()
            server.wait()
    report(results)
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PROFILE": "embedded", "VAR_DIR": folder}
        env["DJANGO_SETTINGS_MODULE"] = "perhekeskus.settings"
        # Only once Django is set up are there models to import.
        run = "import django; django.setup(); from tests.bench_week import main; main()"
        subprocess.run([sys.executable, "-c", run], env=env, check=True)


def report(results):
    base_rate, base_p95 = results["empty view"]
    print(f"{'':18} {'req/s':>8} {'ratio':>7} {'p95 ms':>8} {'ratio':>7}")
    for name, (rate, p95) in results.items():
        print(f"{name:18} {rate:8.0f} {rate / base_rate:7.3f} {p95:8.1f} {p95 / base_p95:7.1f}")


if __name__ == "__main__":
    main()
