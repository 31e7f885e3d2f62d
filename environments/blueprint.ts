import { defineBlueprint } from '../src/config/define';

/** A car-retail platform: what dev, qa, beta and prod have in common. Sized for dev; the others change it. */
export const blueprint = defineBlueprint({
  tags: { Project: 'car-retail' },
  databases: {
    orders: { engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' },
    users: { engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' },
    // makes, models and trims: read all the time, written once a day
    catalog: { engine: 'mysql', instanceClass: 'db.t4g.micro', insights: 'none' },
  },
  caches: {
    sessions: { nodeType: 'cache.t4g.small' },
  },
  buckets: {
    media: { archiveAfterDays: 180, notify: { 'media-uploads': { prefix: 'uploads/' } } },
    // contracts: read much for weeks, and then hardly ever
    documents: {
      archiveStorageClass: 'intelligent-tiering',
      archiveAfterDays: 30,
      archiveTiers: { archiveAfterIdleDays: 180 },
    },
  },
  queues: {
    // what dealers change, for the search index
    'price-changes': { visibilityTimeoutSeconds: 120 },
    // pictures that wait to be scaled
    'media-uploads': { visibilityTimeoutSeconds: 300, oldestMessageMinutes: 30 },
  },
  sites: {
    // what customers see; files are a few megabytes
    shop: { spa: true },
    // of each dealer a folder: a new one is an upload
    dealers: { notFoundPage: '/404.html' },
  },
  outside: {
    auth0: { provider: 'auth0', account: 'car-retail-test.us.auth0.com' },
  },
  services: {
    inventory: {
      image: 'inventory',
      port: 8080,
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 1, max: 2, scaleOn: { cpuPercent: 60, memoryPercent: 70, networkMBps: 40 } },
      secrets: ['AUTH0_CLIENT_SECRET'],
      tracing: {},
      uses: {
        databases: ['orders', 'catalog'],
        caches: ['sessions'],
        buckets: { media: 'read-write' },
        queues: { 'price-changes': 'send', 'media-uploads': 'receive' },
        outside: ['auth0'],
      },
    },
    accounts: {
      image: 'accounts',
      port: 8080,
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 1, max: 2 },
      tracing: {},
      uses: {
        databases: ['users'],
        caches: ['sessions'],
        buckets: { documents: 'read-write' },
        services: ['financing', 'inventory'],
      },
    },
    // what a car costs a month, which nobody asks but other services
    financing: {
      image: 'financing',
      port: 8080,
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 1, max: 2 },
      uses: { databases: { orders: 'read' } },
    },
    // calls others, and nothing calls it
    indexer: {
      image: 'indexer',
      cpu: 256,
      memoryMiB: 512,
      tasks: { min: 1, max: 2, scaleOn: { messagesPerTask: 200 } },
      uses: { databases: ['orders'], queues: { 'price-changes': 'receive' } },
    },
    reports: {
      image: 'reports',
      cpu: 256,
      memoryMiB: 512,
      runs: { cron: '0 3 * * ? *', timeZone: 'America/New_York' },
      uses: { databases: ['users'] },
    },
  },
});
