// A first visit: light, few requests, in the product's own letters, and nothing moves while it loads.
import type { Page } from '@playwright/test';
import { expect, openAlive, test } from './product';

const BUDGET = { requests: 15, bytes: 400_000, client: 320_000 };

/** Bytes on the line by kind, as the browser counts them. */
async function bytesOfVisit(page: Page, address: string) {
  const session = await page.context().newCDPSession(page);
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  const fetched: string[] = [];
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.startsWith('data:')) return; // the browser's own icon of a date field
    const file = new URL(response.url).pathname;
    kinds.set(requestId, /\.(\w+)$/.exec(file)?.[1] ?? 'html');
    fetched.push(`${response.headers['content-encoding'] ?? 'plain'} ${file}`);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind) bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await session.send('Network.enable');
  await openAlive(page, address);
  await page.waitForLoadState('networkidle');
  return { bytes, fetched };
}

test('a first visit of the overview stays within its budget', async ({ page }, info) => {
  const { bytes, fetched } = await bytesOfVisit(page, '/');
  const all = Object.values(bytes).reduce((sum, some) => sum + some, 0);
  info.annotations.push({ type: 'bytes', description: JSON.stringify({ ...bytes, all, fetched }) });
  expect(fetched.length).toBeLessThanOrEqual(BUDGET.requests);
  expect(fetched.filter((file) => /^(?!br).*\.(js|css|wasm)$/.test(file)), 'not compressed').toEqual([]);
  expect(bytes.wasm + bytes.js).toBeLessThanOrEqual(BUDGET.client);
  expect(all).toBeLessThanOrEqual(BUDGET.bytes);
});

test('on a second page the client comes from the cache', async ({ page }) => {
  await openAlive(page, '/');
  const { bytes } = await bytesOfVisit(page, '/ho-so');
  expect((bytes.wasm ?? 0) + (bytes.js ?? 0) + (bytes.css ?? 0) + (bytes.woff2 ?? 0)).toBeLessThan(2_000);
});

for (const [address, width] of [
  ['/', 1280],
  ['/', 375],
  ['/ho-so', 1280],
  ['/ho-so', 375],
] as const) {
  test(`nothing moves on ${address} at ${width} px, even when the letters come late`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    // On a slow line the page is painted first, in the letters of the system.
    const isPainted = () => performance.getEntriesByName('first-contentful-paint').length > 0;
    await page.route('**/*.woff2', async (route) => {
      await page.waitForFunction(isPainted);
      await route.continue();
    });
    await page.addInitScript(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts, shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]) {
          Object.assign(window, { shift: Reflect.get(window, 'shift') + entry.value });
          shifts.push(...entry.sources.map(({ node }) => `${entry.value.toFixed(4)} ${(node as Element)?.outerHTML?.slice(0, 60)}`));
        }
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await openAlive(page, address);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    const [shift, shifts] = await page.evaluate(() => [Reflect.get(window, 'shift'), Reflect.get(window, 'shifts')]);
    expect(shift, JSON.stringify(shifts)).toBeLessThanOrEqual(0.01);
  });
}

test('the letters are Be Vietnam Pro, with every Vietnamese mark, in both weights', async ({ page }) => {
  await openAlive(page, '/');
  await page.evaluate(() => document.fonts.ready);
  const loaded = await page.evaluate(() =>
    [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family, weight }) => `${family} ${weight}`),
  );
  expect(loaded.map((name) => name.replaceAll('"', '')).sort()).toEqual([
    'Be Vietnam Pro 400',
    'Be Vietnam Pro 400',
    'Be Vietnam Pro 600',
    'Be Vietnam Pro 600',
  ]);
  for (const weight of [400, 600]) {
    expect(await page.evaluate((weight) => document.fonts.check(`${weight} 16px "Be Vietnam Pro"`, 'ạằẫởỹđĐƯ'), weight)).toBe(true);
  }
});
