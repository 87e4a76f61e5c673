// The search and the sheet of keys, as they come from the server.
import { expect, test } from './product';

test('the plain form finds names without their marks and keeps the period', async ({ page }) => {
  await page.goto('/ho-so?period=2023-Q1');
  await page.getByRole('searchbox').fill('dat dai');
  await page.getByRole('searchbox').press('Enter');
  await expect(page).toHaveURL(/\/tim-kiem\?/);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ period: '2023-Q1', q: 'dat dai' });
  await page.getByRole('link', { name: 'Đất đai' }).click();
  await expect(page).toHaveURL('/ho-so?period=2023-Q1&field=DD');
});

test('what is not found is said so, and more than a name’s length is refused', async ({ page }) => {
  await page.goto('/tim-kiem?q=khong-co-gi');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('0 kết quả cho “khong-co-gi”');
  const answer = await page.goto(`/tim-kiem?q=${'x'.repeat(2_000)}`);
  expect(answer?.status()).toBe(400);
});
