# Portage in production: `docker run … server`, `… worker`, `… migrate`. The configuration comes from the environment.

FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY tools/*.mjs tools/
COPY src src
# The emulator and `npm start` are for development: no image holds them.
RUN node tools/build.mjs && npm prune --omit=dev --no-audit --no-fund \
  && rm -r dist/dev dist/emulator dist/commands/dev.* dist/commands/emulator.*

FROM node:22-slim
# Temporal's native client reads the system's certificates for TLS, and the slim image has none.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 DATA_DIR=/data
COPY package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY migrations migrations
COPY public public
RUN ln -s /app/dist/main.js /usr/local/bin/portage && install -d -o node -g node /data
USER node
EXPOSE 3000
ENTRYPOINT ["portage"]
CMD ["server"]
