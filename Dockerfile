# Letopis in one small image: compiled code and what it needs to run, as a user without rights.
FROM node:24.11.1-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
COPY src/web/package.json ./src/web/
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm run build:web && npm prune --omit=dev --no-audit --no-fund

FROM node:24.11.1-bookworm-slim
# The heap is bounded by role: docs/operations.md, «Bound the memory». docker-compose.yml gives each role its own bound.
ENV NODE_OPTIONS=--max-old-space-size=768
ENV NODE_ENV=production LETOPIS_HOST=0.0.0.0 LETOPIS_PORT=4000 LETOPIS_DATA=/data
WORKDIR /app
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/dist ./dist
COPY package.json ./
COPY bin ./bin
COPY sample ./sample
COPY scripts/cluster-backup scripts/cluster-restore ./scripts/
RUN install -d -o node -g node -m 0700 /data && ln -s /app/bin/letopis.js /usr/local/bin/letopis
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.LETOPIS_PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--disable-warning=ExperimentalWarning", "--max-semi-space-size=32", "/app/bin/letopis.js"]
CMD ["serve"]
