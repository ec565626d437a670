# One image: the server and the web app it serves. PostgreSQL, Redis and TURN are services of their own.

FROM node:22-bookworm-slim AS web
WORKDIR /web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web/ ./
RUN npm run build

FROM python:3.11-slim-bookworm AS python
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/run.txt /tmp/run.txt
RUN /opt/venv/bin/pip install --require-hashes -r /tmp/run.txt

# The relay's native loop, so that the image itself needs no compiler.
FROM python AS native
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
WORKDIR /app
COPY media/ media/
RUN /opt/venv/bin/python -m media.native.library

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/televisit televisit
COPY --from=python /opt/venv /opt/venv
WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY domain/ domain/
COPY media/ media/
COPY chat_archive/ chat_archive/
COPY providers/ providers/
COPY storage/ storage/
COPY actions/ actions/
COPY rooms/ rooms/
COPY signaling/ signaling/
COPY booking_api/ booking_api/
COPY his_bridge/ his_bridge/
COPY compliance/ compliance/
COPY server/ server/
RUN /opt/venv/bin/pip install --no-cache-dir --no-index --no-deps --no-build-isolation -e .
COPY --from=web /web/dist/ web/dist/
COPY --from=native /app/media/native/__pycache__/*.so media/native/__pycache__/
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 HOST=0.0.0.0 DATA_DIR=/var/lib/televisit LOG_FORMAT=json
USER televisit
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --start-period=20s --retries=6 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\", \"8080\")}/healthz', timeout=3)"]
ENTRYPOINT ["televisit"]
CMD ["serve"]
