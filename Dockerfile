# One image for web, worker, periodic work and migrations; see deploy/entry.
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv
RUN python3 -m venv /uv && /uv/bin/pip install --no-cache-dir uv==0.13.9
WORKDIR /app
COPY requirements.txt .
RUN /uv/bin/uv venv --quiet --python /usr/bin/python3 /venv \
    && /uv/bin/uv pip sync --quiet --no-cache --system-certs --python /venv/bin/python \
        --require-hashes --compile-bytecode requirements.txt
COPY . .
ENV PATH=/venv/bin:$PATH DJANGO_SETTINGS_MODULE=portal.settings.production \
    SEARCH_DICTIONARIES=/app/build/lemmas
# Nothing here talks to a database or keeps the key.
RUN export VAR_DIR=/tmp SECRET_KEY=build DATABASE_URL=sqlite://:memory: EMAIL_URL=dummymail:// BASE_URL=https://localhost \
    && python manage.py catalogues \
    && python manage.py search dictionaries \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q /app

FROM ${BASE}
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates media-types python3 \
        libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
    && groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --home-dir /var/lib/portal portal \
    && install -d -o portal -g portal /var/lib/portal /media /private
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    SEARCH_DICTIONARIES=/app/build/lemmas VAR_DIR=/var/lib/portal MEDIA_ROOT=/media PRIVATE_ROOT=/private
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["/app/deploy/healthy"]
ENTRYPOINT ["/app/deploy/entry"]
CMD ["web"]
