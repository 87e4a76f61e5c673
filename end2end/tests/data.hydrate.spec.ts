// An import is watched, left alone, and found again.
import { expect, fresh, openAlive, test } from './product';

const rows = (count: number) => {
  const lines = ['case_code,agency_code,received_on,due_on,completed_on'];
  for (let i = 0; i < count; i++) lines.push(`big-${i},Y,2023-10-02,2023-10-09,2023-10-06`);
  return lines.join('\n');
};

test('an import goes on while nobody looks, and its receipt comes by itself', async ({ page, context }) => {
  test.setTimeout(120_000);
  await openAlive(page, fresh('/du-lieu'));
  const file = { name: 'lớn.csv', mimeType: 'text/csv', buffer: Buffer.from(rows(30_000)) };
  await page.getByLabel('Thả tệp vào đây hoặc chọn tệp').setInputFiles(file);
  await page.getByRole('button', { name: 'Xem thử' }).click();
  await page.getByRole('button', { name: 'Nhập', exact: true }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  const address = page.url();
  await page.close();
  const again = await context.newPage();
  await again.goto(address);
  await expect(again.getByText('Đã nhập xong.')).toBeVisible({ timeout: 90_000 });
  const figure = again.locator('#bien-nhan div').filter({ hasText: 'Dòng đã vào' }).locator('dd');
  await expect(figure).toHaveText('30.000');
});
