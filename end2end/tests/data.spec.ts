// Files in, as plain forms do it.
import { expect, fresh, test } from './product';

const rows = (prefix: string) => `case_code,agency_code,received_on,due_on,completed_on,Họ tên
${prefix}1,X,2023-10-02,2023-10-09,2023-10-06,Nguyễn Văn A
${prefix}2,X,2023-10-02,2023-10-09,2023-10-11,Trần Thị B
${prefix}3,X,mai,2023-10-09,,Lê Văn C
`;

test('a file is handed in, looked at, imported, and undone', async ({ page }) => {
  await page.goto(fresh('/du-lieu'));
  const file = { name: 'tháng 10.csv', mimeType: 'text/csv', buffer: Buffer.from(rows('s')) };
  await page.getByLabel('Thả tệp vào đây hoặc chọn tệp').setInputFiles(file);
  await page.getByRole('button', { name: 'Xem thử' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('tháng 10.csv');
  await expect(page.getByRole('heading', { name: 'Hiểu là Hồ sơ: nhận ra 5 trong 16 cột' })).toBeVisible();
  await expect(page.getByText('Cột không lấy, không giữ gì của chúng: Họ tên.')).toBeVisible();
  await expect(page.getByText('Nguyễn Văn A')).toHaveCount(0);
  await page.getByRole('button', { name: 'Nhập', exact: true }).click();
  // The page comes anew by itself until the import has ended.
  await expect(page.getByText('Đã nhập xong.')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Tải các dòng để riêng, sửa rồi nộp lại')).toBeVisible();
  await page.getByRole('link', { name: 'Hoàn tác lần nhập này' }).click();
  await expect(page.getByText('2 dòng mới sẽ bị bỏ')).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByRole('row', { name: /tháng 10\.csv/ }).first()).toContainText('đã hoàn tác');
});

test('what is wrong with a file is said in the language of the page, with the way on', async ({ page }) => {
  await page.goto(fresh('/du-lieu?lang=en'));
  const file = { name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') };
  await page.getByLabel('Drop a file here or choose one').setInputFiles(file);
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page.getByText(/columns needed for .* are missing/i)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Throw this file away' }).click();
  await expect(page).toHaveURL(/\/du-lieu\?lang=en$/);
  await expect(page.getByText('x.csv')).toHaveCount(0);
});
