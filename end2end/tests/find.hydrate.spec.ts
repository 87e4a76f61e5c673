// Names found without their marks, keys that lead somewhere, and sentences that can be taken along.
import { expect, openAlive, test, withoutReload } from './product';

test('a name is found without its marks, and leads to its pages', async ({ page }) => {
  await openAlive(page, '/?period=2023');
  const field = page.getByRole('searchbox');
  await field.fill('trang non');
  await withoutReload(
    page,
    () => field.press('Enter'),
    async () => {
      await expect(page).toHaveURL('/tim-kiem?period=2023&q=trang%20non');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('3 kết quả cho “trang non”');
    },
  );
  await withoutReload(
    page,
    () => page.getByRole('link', { name: 'Huyện Trăng Non' }).first().click(),
    () => expect(page).toHaveURL('/ho-so?period=2023&agency=H2'),
  );
});

test('keys lead to the pages, the periods, the search and the sheet that names them', async ({ page }) => {
  await openAlive(page, '/?period=2023-Q3');
  const sheet = page.getByRole('dialog', { name: 'Phím tắt' });
  await page.keyboard.press('?');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await withoutReload(
    page,
    () => page.keyboard.press('2'),
    () => expect(page).toHaveURL('/ho-so?period=2023-Q3'),
  );
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Toàn thành phố: ');
  await withoutReload(
    page,
    () => page.keyboard.press(']'),
    () => expect(page).toHaveURL('/ho-so?period=2023-Q4'),
  );
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.press('3');
  await expect(page.getByRole('searchbox'), 'who types is left alone').toHaveValue('3');
});

test('whoever wants no letter keys switches them off, and the browser remembers it', async ({ page }) => {
  await openAlive(page, '/');
  await page.getByRole('button', { name: 'Phím tắt' }).click();
  await page.getByLabel('Dùng các phím chữ và dấu').uncheck();
  await page.getByRole('button', { name: 'Đóng' }).click();
  await page.keyboard.press('2');
  await openAlive(page, '/');
  await page.keyboard.press('2');
  await page.waitForTimeout(300);
  await expect(page).toHaveURL('/');
});

test('the sentence of a page is copied with whom and when it speaks of', async ({ page }) => {
  await openAlive(page, '/ho-so?period=2023&agency=Q1');
  await page.getByRole('button', { name: 'Chép câu này' }).click();
  await expect(page.getByRole('button', { name: 'Đã chép' })).toBeVisible();
  const field = page.getByRole('searchbox');
  await field.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(field).toHaveValue(/^Quận Sao Mai \(Năm 2023, 01\/01\/2023–29\/12\/2023\): 53,73\s%/);
});
