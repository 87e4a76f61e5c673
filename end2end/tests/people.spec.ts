// Who may what, as plain pages and forms do it.
import { expect, guarded, signIn, test } from './product';

test('who is not known is led to the way in and comes back to the page asked for', async ({ page }) => {
  await page.goto(guarded('/ho-so?period=2023'));
  await expect(page).toHaveURL(/\/dang-nhap\?back=/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đăng nhập');
  await page.getByLabel('Tên đăng nhập').fill('lanh-dao');
  await page.getByLabel('Mật khẩu').fill('không phải câu này');
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await expect(page.getByRole('alert')).toContainText('Tên đăng nhập hoặc mật khẩu không đúng.');
  await expect(page.getByLabel('Tên đăng nhập')).toHaveValue('lanh-dao');
  await signIn(page, 'lanh-dao');
  await expect(page).toHaveURL(guarded('/ho-so?period=2023'));
  await page.getByRole('link', { name: 'Tài khoản' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Trần Văn Lãnh Đạo');
  await expect(page.getByText('lanh-dao · Lãnh đạo · toàn thành phố')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Người dùng' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.goto(guarded('/'));
  await expect(page).toHaveURL(guarded('/dang-nhap'));
});

test('an administrator lets somebody in, who sets a password by the link', async ({ page, browser }) => {
  await signIn(page, 'quan-tri');
  await page.goto(guarded('/quan-tri'));
  await page.getByLabel('Tên đăng nhập').fill('moi.den');
  await page.getByLabel('Họ tên').fill('Vũ Thị Mới Đến');
  await page.getByRole('combobox', { name: 'Vai trò' }).selectOption({ label: 'Chuyên viên tổng hợp' });
  await page.getByRole('button', { name: 'Cấp tài khoản' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Vũ Thị Mới Đến');
  const link = await page.locator('code.link').textContent();

  const theirs = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await theirs.goto(link!);
  await expect(theirs.getByLabel('Tên đăng nhập')).toHaveValue('moi.den');
  await theirs.getByLabel(/^Mật khẩu mới/).fill('ngắn quá đi mất thôi');
  await theirs.getByLabel('Nhập lại mật khẩu mới').fill('không giống câu trên');
  await theirs.getByRole('button', { name: 'Đặt mật khẩu' }).click();
  await expect(theirs.getByRole('alert')).toContainText('không giống nhau');
  await theirs.getByLabel(/^Mật khẩu mới/).fill('một câu dài mà dễ nhớ');
  await theirs.getByLabel('Nhập lại mật khẩu mới').fill('một câu dài mà dễ nhớ');
  await theirs.getByRole('button', { name: 'Đặt mật khẩu' }).click();
  await expect(theirs).toHaveURL(guarded('/'));
  await theirs.goto(link!);
  await expect(theirs.getByText('Liên kết này không còn dùng được')).toBeVisible();

  await page.goto(guarded('/quan-tri/nhat-ky?about=moi.den'));
  await expect(page.getByRole('row', { name: /Cấp tài khoản/ })).toContainText('analyst · *');
  await expect(page.getByText('Chuỗi nhật ký nguyên vẹn')).toBeVisible();
});

test('a list of case files is taken with a reason', async ({ page }) => {
  await signIn(page, 'tong-hop');
  await page.goto(guarded('/ho-so/danh-sach.xlsx?period=2023&list=late'));
  await page.getByLabel('Lý do').fill('Họp giao ban tháng 10');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải về' }).click();
  expect((await download).suggestedFilename()).toBe('late.xlsx');
});

test('who is bound to an agency sees it and what is below it', async ({ page }) => {
  await signIn(page, 'quan-1');
  await expect(page).toHaveURL(/agency=Q1/);
  await page.goto(guarded('/ho-so?period=2023'));
  await expect(page).toHaveURL(/period=2023&agency=Q1/);
  await page.goto(guarded('/du-lieu'));
  await expect(page.getByRole('heading', { name: 'Nộp tệp' })).toHaveCount(0);
  const refused = await page.goto(guarded('/quan-tri'));
  expect(refused!.status()).toBe(403);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Không có quyền');
});
