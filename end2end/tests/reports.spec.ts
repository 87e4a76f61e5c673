// A figure that left the building finds its way back.
import { expect, test } from './product';

test('a downloaded picture dropped on the page on reports opens its figure and says that its numbers hold', async ({ page, request }) => {
  const png = await request.get('/bieu-do/ho-so-theo-thang.png?period=2023&agency=Q1');
  await page.goto('/bao-cao');
  await page.getByLabel('Thả tệp PNG').setInputFiles({ name: 'hình.png', mimeType: 'image/png', buffer: await png.body() });
  await page.getByRole('button', { name: 'Kiểm tra' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Số liệu không đổi từ khi tải tệp.');
  await page.getByRole('link', { name: 'Mở đúng hình này trên trang' }).click();
  await expect(page).toHaveURL(/\/ho-so\?.*period=2023.*as_of=2.*agency=Q1.*#ho-so-theo-thang$/);
});

test('a picture of another program is refused with what to do', async ({ page }) => {
  await page.goto('/bao-cao?lang=en');
  const buffer = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
  await page.getByLabel('Drop a PNG').setInputFiles({ name: 'x.svg', mimeType: 'image/svg+xml', buffer });
  await page.getByRole('button', { name: 'Check' }).click();
  await expect(page.getByRole('main')).toContainText('carries no passport');
  await page.getByRole('link', { name: 'Back to the page on reports' }).click();
  await expect(page).toHaveURL(/\/bao-cao\?lang=en$/);
});
