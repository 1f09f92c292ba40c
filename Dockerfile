# Latchkey in a container: `docker build -t latchkey .`, then see docs/operations/deploy.md.

FROM node:24-trixie-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json .swcrc ./
COPY build build
COPY src src
RUN npm run build && find dist -name '*.map' -delete

FROM node:24-trixie-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Then without what no process reads: types, source maps and manuals (licences stay), browser builds of the tracing
# packages, the compiler that only a plugin of @nestjs/swagger would use, and SQLite for other systems, and its source.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && find node_modules -type f \( -name '*.map' -o -name '*.ts' -o -name '*.mts' -o -name '*.cts' -o -name '*.md' \) \
  ! -iname '*licen[cs]e*' ! -iname '*notice*' -delete \
  && rm -rf node_modules/typescript node_modules/.bin node_modules/@photostructure/sqlite/src \
  node_modules/@photostructure/sqlite/prebuilds/darwin-* node_modules/@photostructure/sqlite/prebuilds/win32-* \
  node_modules/@opentelemetry/*/build/esm node_modules/@opentelemetry/*/build/esnext

FROM node:24-trixie-slim
LABEL org.opencontainers.image.title="Latchkey" \
  org.opencontainers.image.description="Sign-in with Google, X and Facebook: one user record per person, and sessions" \
  org.opencontainers.image.licenses="MIT"
# Inside a container every address is the container's own; what is published, and to whom, says who runs it.
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
# The code belongs to root, and the service runs as somebody who cannot change it. What it writes is in /data alone:
# ./data of its default DATABASE_URL.
RUN mkdir /data && chown node:node /data && ln -s /data data \
  && ln -s /app/dist/main.js /usr/local/bin/latchkey
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE deploy/healthcheck.mjs ./
COPY --from=build /app/dist dist
RUN chmod 755 dist/main.js
VOLUME /data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["node", "/app/healthcheck.mjs"]
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["serve"]
