// Case files, as they come from the server: from the city down to the files behind a figure.
import { agencies, expect, files, test } from './product';

test('agencies stand worst first', async ({ page }) => {
  await page.goto('/ho-so?period=2023');
  await expect(page.getByRole('heading', { name: '4 đơn vị, nhiều hồ sơ trễ nhất ở trên' })).toBeVisible();
  await expect(agencies(page).getByRole('rowheader')).toHaveText([
    'Quận Sao Mai',
    'Huyện Trăng Non',
    'Sở Đất và Nước',
    'Sở Đường và Cầu',
  ]);
  const columns = await agencies(page).getByRole('columnheader').allTextContents();
  const late = agencies(page).locator(`tbody td:nth-child(${columns.indexOf('Trễ hạn') + 1})`);
  await expect(late).toHaveText(['62', '3', '2', '0']);
});

test('one goes from the city to a district, to a commune, to the files of a figure', async ({ page }) => {
  const heading = page.getByRole('heading', { level: 1 });
  await page.goto('/ho-so?period=2023');
  await expect(heading).toContainText('Toàn thành phố: 74,32\u{a0}% đúng hạn và trước hạn');
  await agencies(page).getByRole('link', { name: 'Quận Sao Mai' }).click();
  await expect(heading).toContainText('Quận Sao Mai: 53,73\u{a0}%');
  await expect(agencies(page).getByRole('rowheader').first()).toHaveText('Phường Sao Mai 1');
  await agencies(page).getByRole('link', { name: 'Phường Sao Mai 1' }).click();
  await expect(heading).toContainText('55 hồ sơ trễ trong 79');
  await expect(page.getByRole('navigation', { name: 'Đơn vị' }).getByRole('listitem')).toHaveText([
    /Toàn thành phố/,
    /Quận Sao Mai/,
    /Phường Sao Mai 1/,
  ]);
  await page.locator('.counts').getByRole('link', { name: '55', exact: true }).click();
  await expect(page).toHaveURL('/ho-so?period=2023&agency=Q1-1&list=late#danh-sach');
  await expect(files(page)).toHaveCount(50);
});

test('a list has as many files as its figure says, over all its pages', async ({ page }) => {
  await page.goto('/ho-so?period=2023&agency=Q1&list=late');
  await expect(page.locator('#danh-sach')).toContainText('Danh sách có 62 dòng, khớp với con số trong bảng.');
  const codes = await files(page).getByRole('rowheader').allTextContents();
  await expect(page.getByRole('navigation', { name: 'Trang của danh sách' })).toContainText('Trang 1 / 2');
  await page.getByRole('link', { name: 'Trang sau' }).click();
  await expect(page).toHaveURL('/ho-so?period=2023&agency=Q1&list=late&page=2#danh-sach');
  codes.push(...(await files(page).getByRole('rowheader').allTextContents()));
  expect(new Set(codes).size).toBe(62);
});

test('every figure of a period opens a list with as many files', async ({ page }) => {
  test.slow(); // some fifty pages
  const period = '/ho-so?period=2023-12';
  await page.goto(period);
  const figures = page.locator('.counts').getByRole('link');
  const count = await figures.count();
  expect(count, 'the tally, letters of apology, doubtful dates').toBeGreaterThanOrEqual(10);
  for (let place = 0; place < count; place += 1) {
    await page.goto(period);
    const figure = Number(await figures.nth(place).textContent());
    await figures.nth(place).click();
    await expect(page.locator('#danh-sach')).toContainText(`Danh sách có ${figure} dòng, khớp`);
    await expect(files(page)).toHaveCount(figure);
  }
});

test('the strict rate stands beside the official one', async ({ page }) => {
  await page.goto('/ho-so?period=2023&agency=H2');
  await expect(page.locator('.rates')).toContainText('3 trễ trong 77, theo ngày hẹn trả hiện hành');
  await expect(page.locator('.rates')).toContainText('5 trễ trong 77, theo ngày hẹn trả ban đầu');
});

test('a level shows its agencies of every district', async ({ page }) => {
  await page.goto('/ho-so?period=2023&level=commune');
  await expect(agencies(page).getByRole('rowheader')).toHaveText([
    'Phường Sao Mai 1',
    'Phường Sao Mai 2',
    'Xã Trăng Non 1',
    'Xã Trăng Non 2',
  ]);
});

const WRONG = [
  ['/ho-so?period=Q9', 'period'],
  ['/?as_of=2023-02-30', 'as_of'],
  ['/?as_of=2124-01-01', 'as_of'],
  ['/ho-so?agency=KHONG-CO', 'agency'],
  ['/ho-so?agency=<script>alert(1)</script>', 'agency'],
  ['/?level=ward', 'level'],
  ['/?cycle=lunar', 'cycle'],
  ['/ho-so?list=everything', 'list'],
  ['/ho-so?list=late&page=-1', 'page'],
  ['/?plan=soon', 'plan'],
] as const;

for (const [address, parameter] of WRONG) {
  test(`${address} answers 400 with a page that names “${parameter}” and ways on`, async ({ page }) => {
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(400);
    const problem = page.getByRole('alert');
    await expect(problem.getByRole('heading', { level: 1 })).toHaveText('Địa chỉ có chỗ chưa đúng');
    await expect(problem).toContainText(`${parameter}: `);
    await problem.getByRole('link', { name: 'Về tổng quan' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Đến 29/12/2023');
  });
}

test('an unknown page answers 404 and says where to go', async ({ page }) => {
  const answer = await page.goto('/khong-co-trang-nay');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Không có trang này');
  await page.getByRole('link', { name: 'Xem hồ sơ' }).click();
  await expect(page).toHaveURL('/ho-so');
});

test('an unknown chart answers 404', async ({ request }) => {
  expect((await request.get('/bieu-do/khong-co.svg')).status()).toBe(404);
  expect((await request.get('/bieu-do/ho-so-theo-thang.gif')).status()).toBe(404);
});
