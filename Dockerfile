# App and server, built; nothing of this stage but what was built stays.
FROM node:24-bookworm-slim AS app
WORKDIR /confab
COPY package.json package-lock.json tsconfig.base.json ./
COPY protocol/package.json protocol/
COPY signaling/package.json signaling/
COPY turn/package.json turn/
COPY web/package.json web/
COPY tests/package.json tests/
COPY bench/package.json bench/
COPY deploy/package.json deploy/
RUN npm ci --workspace @confab/web --workspace @confab/signaling --include-workspace-root --ignore-scripts --no-audit --no-fund
COPY protocol protocol
COPY signaling signaling
COPY web web
RUN npm run build --silent

# What the server needs to run, without what only builds and tests it.
FROM node:24-bookworm-slim AS packages
WORKDIR /confab
COPY package.json package-lock.json ./
COPY protocol/package.json protocol/
COPY signaling/package.json signaling/
COPY turn/package.json turn/
COPY web/package.json web/
COPY tests/package.json tests/
COPY bench/package.json bench/
COPY deploy/package.json deploy/
RUN npm ci --omit=dev --workspace @confab/signaling --workspace @confab/turn --workspace @confab/deploy --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /confab
COPY --from=packages /confab ./
COPY LICENSE ./
COPY --from=app /confab/web/dist web/dist
COPY --from=app /confab/signaling/dist signaling/dist
COPY turn/src turn/src
COPY deploy/src deploy/src
# Volumes that are first mounted here belong to whom these folders belong to.
RUN cd / && mkdir -p volumes/secrets volumes/signaling volumes/redis volumes/relay volumes/haproxy volumes/certificates volumes/caddy/caddy/certificates \
  && chown -R node:node volumes && chmod -R go= volumes && chmod go=x volumes/redis
USER node
CMD ["node", "signaling/dist/main.js"]
