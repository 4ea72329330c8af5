# Stage 1: what is locked, with its hashes; static files and translations.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN apt-get update && apt-get install -y --no-install-recommends gettext && rm -rf /var/lib/apt/lists/*
WORKDIR /site
COPY server.lock .
RUN python -m venv /venv && /venv/bin/pip install --require-hashes --no-deps -r server.lock
COPY . .
# These values are for building only; the real ones come from the environment at the start.
RUN SECRET_KEY=build SITE_URL=https://build.example.org DATABASE_URL=postgres://build EMAIL_URL=consolemail:// MAIL_FROM=build@example.org \
    sh -c "/venv/bin/python manage.py compilemessages && /venv/bin/python manage.py collectstatic --noinput"
# A release waits for processes to start, and where they run nothing can be written.
RUN /venv/bin/python -m compileall -q -j 0 /site /venv/lib >/dev/null || true

# Stage 2: the same without tools, as a user who owns nothing but the pictures and what is on its way.
FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH MEDIA_ROOT=/media
# What a picture took while it was decoded goes back to the machine: as it is, glibc keeps it, for each thread by itself.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1000000
RUN useradd --uid 10001 --no-create-home site && install -d -o site -g site /media /spool
WORKDIR /site
COPY --from=build /venv /venv
COPY --from=build /site /site
USER 10001
EXPOSE 8000
CMD ["gunicorn", "-c", "python:otg_site.gunicorn", "otg_site.wsgi"]
