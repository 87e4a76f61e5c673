// What the specs share: a browser in which any complaint fails the test, a page that is alive, and how to tell that it
// was never loaded again.
import { test as base, expect, type Page } from '@playwright/test';

export { expect };

export const test = base.extend<{ complaints: void }>({
  // Console errors, warnings and exceptions fail the test, whatever else it looks at.
  complaints: [
    async ({ page, javaScriptEnabled }, use) => {
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
      page.on('console', (message) => {
        // Chromium reports the status of a page that is an error on purpose.
        const isOwnStatus = message.text().startsWith('Failed to load') && message.location().url === page.url();
        if (['error', 'warning'].includes(message.type()) && !isOwnStatus) {
          complaints.push(`${message.type()}: ${message.text()}`);
        }
      });
      await page.addInitScript(() => {
        // The router listens to the back button once the client has taken the page over.
        const listen = window.addEventListener;
        window.addEventListener = function (type: string, ...rest: never[]) {
          if (type === 'popstate') Object.assign(window, { isAlive: true });
          return Reflect.apply(listen, this, [type, ...rest]);
        };
      });
      await use();
      // Without scripts the client is fetched in vain, which Chromium says.
      if (javaScriptEnabled) expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** The address of the server with invented data. */
export const invented = (path: string) => test.info().config.metadata.invented + path;

/** The address of the server that holds nothing but what a test hands in. */
export const fresh = (path: string) => test.info().config.metadata.fresh + path;

/** The address of the server where people sign in. */
export const guarded = (path: string) => test.info().config.metadata.guarded + path;

/** The address of the server that the public reads. */
export const open = (path: string) => test.info().config.metadata.open + path;

/** Signs in on the page that is open, or on the way in. */
export async function signIn(page: Page, name: string) {
  if (!page.url().includes('/dang-nhap')) await page.goto(guarded('/dang-nhap'));
  await page.getByLabel(/^(Tên đăng nhập|Sign-in name)/).fill(name);
  await page.getByLabel(/^(Mật khẩu|Password)/).fill('sông Hồng mùa nước nổi');
  await page.getByRole('button', { name: /^(Đăng nhập|Sign in)/ }).click();
}

/** Opens a page and waits until the client has taken it over. */
export async function openAlive(page: Page, address: string) {
  await page.goto(address);
  await page.waitForFunction(() => 'isAlive' in window);
}

/** Does something that must change the page without loading it again. */
export async function withoutReload(page: Page, act: () => Promise<unknown>, after: () => Promise<unknown>) {
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await act();
  await after();
  expect(await page.evaluate(() => 'isSamePage' in window), 'the page was loaded again').toBe(true);
}

/** The one control of the form with this label. */
export const control = (page: Page, label: string) => page.getByRole('form', { name: 'Phạm vi' }).getByLabel(label);

/** The row of a target in the overview. */
export const target = (page: Page, name: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name }) });

/** The table of agencies. */
export const agencies = (page: Page) => page.getByRole('region', { name: 'Bảng các đơn vị' });

/** The files listed on this page. */
export const files = (page: Page) => page.getByRole('region', { name: 'Danh sách hồ sơ' }).locator('tbody tr');
