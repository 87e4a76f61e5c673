// Case files once the client has taken them over: down to the list and back, without loading a page again.
import { agencies, control, expect, files, openAlive, test, withoutReload } from './product';

test('one goes down to the list of files and closes it without loading a page again', async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await openAlive(page, '/ho-so?period=2023');
  await withoutReload(
    page,
    () => agencies(page).getByRole('link', { name: 'Quận Sao Mai' }).click(),
    () => expect(heading).toContainText('62 hồ sơ trễ trong 134'),
  );
  await withoutReload(
    page,
    () => agencies(page).getByRole('link', { name: 'Phường Sao Mai 1' }).click(),
    () => expect(heading).toContainText('55 hồ sơ trễ trong 79'),
  );
  await withoutReload(
    page,
    () => page.locator('.counts').getByRole('link', { name: '55', exact: true }).click(),
    async () => {
      await expect(page).toHaveURL('/ho-so?period=2023&agency=Q1-1&list=late#danh-sach');
      await expect(files(page)).toHaveCount(50);
      await expect(page.locator('#danh-sach h2')).toBeInViewport();
    },
  );
  await withoutReload(
    page,
    () => page.getByRole('link', { name: 'Trang sau' }).click(),
    async () => {
      await expect(files(page)).toHaveCount(5);
      await expect(page.getByRole('navigation', { name: 'Trang của danh sách' })).toContainText('Trang 2 / 2');
    },
  );
  await withoutReload(
    page,
    () => page.getByRole('link', { name: 'Đóng danh sách' }).click(),
    async () => {
      await expect(page).toHaveURL('/ho-so?period=2023&agency=Q1-1');
      await expect(page.locator('#danh-sach')).toHaveCount(0);
    },
  );
});

test('the crumbs lead up again, and back leads down', async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await openAlive(page, '/ho-so?period=2023&agency=Q1-1');
  await withoutReload(
    page,
    () => page.getByRole('navigation', { name: 'Đơn vị' }).getByRole('link', { name: 'Quận Sao Mai' }).click(),
    async () => {
      await expect(heading).toContainText('Quận Sao Mai: 53,73');
      await expect(control(page, 'Đơn vị')).toHaveValue('Q1');
    },
  );
  await withoutReload(
    page,
    () => page.goBack(),
    async () => {
      await expect(heading).toContainText('Phường Sao Mai 1: ');
      await expect(control(page, 'Đơn vị')).toHaveValue('Q1-1');
    },
  );
});

test('the masthead keeps period, agency and level on the way to the overview and back', async ({ page }) => {
  const pages = page.getByRole('navigation', { name: 'Trang', exact: true });
  await openAlive(page, '/ho-so?period=2023-Q1&agency=Q1&level=commune&list=late');
  await withoutReload(
    page,
    () => pages.getByRole('link', { name: 'Tổng quan' }).click(),
    async () => {
      await expect(page).toHaveURL('/?period=2023-Q1&agency=Q1&level=commune');
      await expect(page).toHaveTitle('Tổng quan · Thước Đo');
      await expect(control(page, 'Đơn vị')).toHaveValue('Q1');
      await expect(control(page, 'Cấp')).toHaveValue('commune');
      await expect(pages.getByRole('link', { name: 'Tổng quan' })).toHaveAttribute('aria-current', 'page');
    },
  );
  await withoutReload(
    page,
    () => pages.getByRole('link', { name: 'Hồ sơ' }).click(),
    async () => {
      await expect(page).toHaveURL('/ho-so?period=2023-Q1&agency=Q1&level=commune');
      await expect(page).toHaveTitle('Hồ sơ · Thước Đo');
    },
  );
});

test('a link of the overview opens the list of its files', async ({ page }) => {
  await openAlive(page, '/?period=2023');
  await withoutReload(
    page,
    () => page.getByRole('link', { name: '3 hồ sơ trễ của Huyện Trăng Non' }).click(),
    async () => {
      await expect(page).toHaveURL('/ho-so?period=2023&agency=H2&list=late#danh-sach');
      await expect(files(page)).toHaveCount(3);
    },
  );
});
