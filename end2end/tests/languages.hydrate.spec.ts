// The second language: one press away, kept on the way through the pages, remembered by the browser.
import { expect, openAlive, test, withoutReload } from './product';

test('one press shows the page in English, and another leads back', async ({ page }) => {
  await openAlive(page, '/ho-so?period=2023&agency=Q1');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL('/ho-so?period=2023&agency=Q1&lang=en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('early or on time');
  await expect(page).toHaveTitle('Case files · Thước Đo');
  await page.getByRole('link', { name: 'Tiếng Việt' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('đúng hạn và trước hạn');
});

test('the language goes along from page to page, and numbers follow it', async ({ page }) => {
  await openAlive(page, '/?period=2023&lang=en');
  await withoutReload(
    page,
    () => page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Case files' }).click(),
    async () => {
      await expect(page).toHaveURL('/ho-so?period=2023&lang=en');
      await expect(page.getByRole('heading', { level: 1 })).toContainText('The whole city: 74.32%');
    },
  );
});

test('the browser remembers the language until another is chosen', async ({ page }) => {
  await openAlive(page, '/?lang=en');
  await page.goto('/ho-so?period=2023');
  await expect(page).toHaveURL('/ho-so?period=2023&lang=en');
  await page.getByRole('link', { name: 'Tiếng Việt' }).click();
  await page.goto('/ho-so?period=2023');
  await expect(page).toHaveURL('/ho-so?period=2023');
  await expect(page.locator('html')).toHaveAttribute('lang', 'vi');
});
