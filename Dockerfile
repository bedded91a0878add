# The site of this repository's claims. Not built where it is developed: see docs/publishing.md.
# Put the digest of the image behind its name (python:3.11-slim-bookworm@sha256:...) to pin that too.

FROM python:3.11-slim-bookworm AS wheels
WORKDIR /source
# Everything that is downloaded has the hash that the lock file names; nothing is downloaded after this.
COPY requirements-dev.txt .
RUN pip download --require-hashes --no-deps --only-binary :all: --dest /wheels --requirement requirements-dev.txt
COPY pyproject.toml README.md LICENSE ./
COPY schema schema
COPY validator validator
RUN pip install --no-index --find-links /wheels hatchling \
 && pip wheel --no-index --no-deps --no-build-isolation --wheel-dir /wheels .

FROM python:3.11-slim-bookworm
# Only what the tool itself asks for, out of the wheels with known hashes.
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels claimbook
WORKDIR /data
COPY claimbook.toml .
COPY claims claims
USER 65534:65534
EXPOSE 8001
HEALTHCHECK CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8001/', timeout=3)"]
ENTRYPOINT ["claimbook", "serve", "--public", "--host", "0.0.0.0", "--port", "8001"]
