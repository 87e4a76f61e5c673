// The public view: figures of real data without single case files, by pages that come to life.
import AxeBuilder from '@axe-core/playwright';
import { expect, open, openAlive, test } from './product';

const NOTE = 'Bản công khai: không có từng hồ sơ';

test('the note of the public view stays in sight from page to page, and what is not public is not offered', async ({ page }) => {
  await openAlive(page, open('/?period=2023'));
  const pages = page.getByRole('navigation', { name: 'Trang' });
  for (const hidden of ['Báo cáo', 'Dữ liệu']) await expect(pages.getByRole('link', { name: hidden })).toBeHidden();
  for (const name of ['Hồ sơ', 'Phản ánh', 'Đối thoại']) {
    await pages.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(NOTE)).toBeInViewport();
  }
  await expect(page.getByRole('combobox', { name: 'Cấp' })).toBeHidden();
  await expect(page.getByLabel('Tính đến')).toBeHidden();
});

test('who asks for single case files is led to the way in', async ({ page }) => {
  await page.goto(open('/ho-so?period=2023&list=late'));
  await expect(page).toHaveURL(/\/dang-nhap\?back=/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Đăng nhập');
});

for (const address of ['/?period=2023', '/ho-so?period=2023', '/phan-anh?period=2023', '/doi-thoai?period=2023', '/chi-so']) {
  test(`axe finds nothing on the public ${address}, and it fits a narrow screen`, async ({ page }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await openAlive(page, open(address));
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html]))).toEqual([]);
    }
    await page.setViewportSize({ width: 375, height: 800 });
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  });
}
