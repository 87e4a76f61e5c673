// Every chart of every page: walked by keys, pointed at, opened, and read as a table.
import { expect, openAlive, test, withoutReload } from './product';

const PAGES = {
  '/?period=2023': ['ho-so-theo-thang'],
  '/ho-so?period=2023': [
    'ho-so-theo-thang',
    'bien-dong-ho-so',
    'don-vi-theo-thang',
    'don-vi-co-ho-so-tre',
    'don-vi-theo-so-ho-so',
  ],
  '/phan-anh?period=2023': ['phan-anh-theo-thang', 'so-phan-anh-theo-thang', 'bien-dong-phan-anh'],
  '/doi-thoai?period=2023': ['doi-thoai-theo-thang'],
  '/chi-so?period=2023': ['par-index-theo-nam', 'sipas-theo-nam', 'khao-sat-noi-bo'],
};

for (const [address, charts] of Object.entries(PAGES)) {
  test(`the arrow keys reach every mark of every chart on ${address}`, async ({ page }) => {
    await openAlive(page, address);
    await expect(page.locator('figure.chart')).toHaveCount(charts.length);
    for (const name of charts) {
      const chart = page.locator(`figure#${name}`);
      const spoken = chart.locator('[aria-live]').last();
      const marks = await chart.locator('.wide .hits rect').count();
      expect(marks, name).toBeGreaterThan(0);
      await chart.locator('.drawing').focus();
      const said = new Set<string>();
      await page.keyboard.press('Home');
      for (let step = 0; step < marks; step += 1) {
        await expect(spoken).not.toBeEmpty();
        said.add((await spoken.textContent())!);
        await page.keyboard.press('ArrowRight');
      }
      expect(said.size, `${name}: every mark says something of its own`).toBe(marks);
      await page.keyboard.press('End');
      await expect(chart.locator('.tip')).toHaveText((await spoken.textContent())!);
      await page.keyboard.press('Escape');
      await expect(chart.locator('.tip')).toHaveCount(0);
    }
  });
}

test('the arrow keys go up and down in a heat map, and Enter opens the cell', async ({ page }) => {
  await openAlive(page, '/ho-so?period=2023');
  const chart = page.locator('figure#don-vi-theo-thang');
  const spoken = chart.locator('[aria-live]').last();
  await chart.locator('.drawing').focus();
  await page.keyboard.press('Home');
  await expect(spoken).toContainText('Quận Sao Mai, Tháng 1/2023');
  await page.keyboard.press('ArrowDown');
  await expect(spoken).toContainText('Huyện Trăng Non, Tháng 1/2023');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await expect(spoken).toContainText('Quận Sao Mai, Tháng 2/2023');
  await withoutReload(
    page,
    () => page.keyboard.press('Enter'),
    async () => {
      await expect(page).toHaveURL('/ho-so?period=2023-02&agency=Q1');
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Quận Sao Mai: ');
    },
  );
});

test('a press on a month opens it, a press on an agency its late files', async ({ page }) => {
  await openAlive(page, '/ho-so?period=2023');
  const months = page.locator('figure#ho-so-theo-thang .wide .hits rect');
  await withoutReload(
    page,
    () => months.nth(2).click(),
    () => expect(page).toHaveURL('/ho-so?period=2023-03'),
  );
  await openAlive(page, '/ho-so?period=2023');
  await withoutReload(
    page,
    () => page.locator('figure#don-vi-co-ho-so-tre .wide .hits rect').first().click(),
    async () => {
      await expect(page).toHaveURL('/ho-so?period=2023&agency=Q1&list=late#danh-sach');
      await expect(page.locator('#danh-sach h2')).toBeInViewport();
    },
  );
});

test('in the table of a heat map every cell leads to its agency and month', async ({ page }) => {
  await openAlive(page, '/ho-so?period=2023');
  const chart = page.locator('figure#don-vi-theo-thang');
  await chart.getByText('Bảng số').click();
  const cell = chart.locator('tbody tr').first().locator('td').nth(2).getByRole('link');
  await expect(cell).toHaveAttribute('href', '/ho-so?period=2023-03&agency=Q1');
});

test('on the overview a month opens the page of the case files, by Enter and by a press', async ({ page }) => {
  const chart = page.locator('figure#ho-so-theo-thang');
  const opened = async () => {
    await expect(page).toHaveURL(/^[^?]*\/ho-so\?period=2023-03/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Toàn thành phố');
    await expect(page.locator('figure#bien-dong-ho-so')).toBeVisible();
  };
  await openAlive(page, '/?period=2023');
  await chart.locator('.drawing').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await withoutReload(page, () => page.keyboard.press('Enter'), opened);
  await openAlive(page, '/?period=2023');
  await withoutReload(page, () => chart.locator('.wide .hits rect').nth(2).click(), opened);
});
