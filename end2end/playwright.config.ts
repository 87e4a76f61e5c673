// Starts five servers, with the fixtures, with invented data, with nothing, one where people sign in and one that the public
// reads, and reads their pages in the system's Chromium. They take END2END_PORT (3210) and the four after it.
import { defineConfig } from '@playwright/test';

const port = Number(process.env.END2END_PORT ?? 3210);

const server = (port: number, data: string) => ({
  command: `./start.sh ${port} ${data}`,
  url: `http://127.0.0.1:${port}/healthz`,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 2_000 },
  timeout: 120_000,
});

export default defineConfig({
  testDir: 'tests',
  // A walk through every mark of a page takes a while on a busy machine; nothing here measures speed.
  timeout: 120_000,
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  reporter: process.env.CI ? [['line'], ['html', { open: 'never' }]] : 'line',
  expect: { timeout: 10_000 },
  webServer: [server(port, 'fixtures'), server(port + 1, 'invented'), server(port + 2, 'nothing'), server(port + 3, 'guarded'), server(port + 4, 'public')],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: { width: 1280, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  metadata: { invented: `http://127.0.0.1:${port + 1}`, fresh: `http://127.0.0.1:${port + 2}`, guarded: `http://127.0.0.1:${port + 3}`, open: `http://127.0.0.1:${port + 4}` },
  projects: [
    { name: 'scripts-off', testIgnore: '*.hydrate.spec.ts', use: { javaScriptEnabled: false } },
    { name: 'hydrated', testMatch: '*.hydrate.spec.ts' },
  ],
});
