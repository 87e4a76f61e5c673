// The overview, as it comes from the server: everything is read and asked for without scripts.
import { control, expect, invented, target, test } from './product';

test('the heading says how many targets are missed, at risk and not published', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveTitle('Tổng quan · Thước Đo');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Đến 29/12/2023: hai chỉ tiêu không đạt, một có nguy cơ, hai chưa công bố',
  );
  await expect(page.locator('.lead')).toContainText('Năm 2023: 3 đơn vị có hồ sơ trễ');
  await expect(page.locator('.lead')).toContainText('Trang mở ở ngày cuối có số liệu, 29/12/2023');
});

const TARGETS = [
  ['Hồ sơ trả đúng hạn và trước hạn', '74,32', '%', 'Chỉ tiêu 100\u{a0}%', '■', 'Không đạt', 'thiếu 25,68 điểm'],
  ['Phản ánh, kiến nghị xử lý kịp thời', '95,83', '%', 'Chỉ tiêu 100\u{a0}%', '■', 'Không đạt', 'thiếu 4,17 điểm'],
  ['Đối thoại của người đứng đầu', '3', '/\u{a0}9', 'Ít nhất 6 tháng một lần', '▲', 'Có nguy cơ', 'còn 2 ngày'],
  ['Xếp hạng PAR INDEX', '3', '/\u{a0}63', 'nhóm 8 tỉnh', '○', 'Chưa công bố', 'tháng 4/2024'],
  ['Chỉ số hài lòng SIPAS', '85,15', '%', 'tối thiểu 89\u{a0}%', '○', 'Chưa công bố', 'tháng 4/2024'],
] as const;

for (const [name, value, unit, aim, shape, status, remark] of TARGETS) {
  test(`“${name}” shows its value, its target and its status in a word and a shape`, async ({ page }) => {
    await page.goto('/');
    const row = target(page, name);
    await expect(row.locator('.value b')).toHaveText(value);
    await expect(row.locator('.value > span')).toHaveText(unit);
    await expect(row).toContainText(aim);
    await expect(row).toContainText('Quyết định 280/QĐ-UBND');
    await expect(row.locator('.status .shape')).toHaveText(shape);
    await expect(row.locator('.status')).toContainText(status);
    await expect(row.locator('.status')).toContainText(remark);
  });
}

test('PAR INDEX 2023 is not published before April 2024, and the last one is named with its year', async ({ page }) => {
  await page.goto('/?period=2023');
  const row = target(page, 'Xếp hạng PAR INDEX');
  await expect(row.locator('.status')).toContainText('Chưa công bố');
  await expect(row).toContainText('kết quả 2022, công bố 19/04/2023');
  await expect(row).toContainText('Kết quả 2023 sẽ được công bố vào khoảng tháng 4/2024');
});

test('a figure that falls short is not rounded up, and says out of how many', async ({ page }) => {
  await page.goto('/');
  await expect(target(page, 'Hồ sơ trả đúng hạn')).toContainText('67 trễ trong 261');
  await expect(target(page, 'Phản ánh, kiến nghị')).toContainText('2 trễ trong 48');
});

test('the plain form asks for another agency, level, cycle and day, and the address carries them', async ({ page }) => {
  await page.goto('/?period=2023');
  await control(page, 'Đơn vị').selectOption('Quận Sao Mai');
  await control(page, 'Cấp').selectOption('Xã, phường, thị trấn');
  await control(page, 'Chu kỳ').selectOption('Báo cáo, 15–14');
  await control(page, 'Tính đến').fill('2023-06-30');
  await page.getByRole('button', { name: 'Xem' }).click();
  await expect(page).toHaveURL(/\?/);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    period: '2023',
    as_of: '2023-06-30',
    agency: 'Q1',
    level: 'commune',
    cycle: 'reporting',
  });
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Đến 30/06/2023');
  await expect(control(page, 'Đơn vị')).toHaveValue('Q1');
  await expect(control(page, 'Cấp')).toHaveValue('commune');
  await expect(control(page, 'Chu kỳ')).toHaveValue('reporting');
  await expect(control(page, 'Tính đến')).toHaveValue('2023-06-30');
});

test('periods are links: a shorter one, the one before and the one after', async ({ page }) => {
  const periods = page.getByRole('group', { name: 'Kỳ' });
  await page.goto('/');
  await periods.getByRole('link', { name: 'Quý' }).click();
  await expect(page).toHaveURL('/?period=2023-Q4');
  await periods.getByRole('link', { name: 'Kỳ trước: Quý III/2023' }).click();
  await expect(page).toHaveURL('/?period=2023-Q3');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Đến 30/09/2023');
  await periods.getByRole('link', { name: 'Kỳ sau: Quý IV/2023' }).click();
  await expect(page).toHaveURL('/?period=2023-Q4');
});

test('the day that the form sends along does not empty the next period', async ({ page }) => {
  await page.goto('/?period=2023-03');
  await page.getByRole('button', { name: 'Xem' }).click();
  await page.getByRole('link', { name: 'Kỳ sau: Tháng 4/2023' }).click();
  await expect(target(page, 'Hồ sơ trả đúng hạn').locator('.value b')).toHaveText('73,91');
});

test('a past day is shown as it was', async ({ page }) => {
  await page.goto('/?as_of=2023-06-10');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Đến 10/06/2023');
  await expect(target(page, 'Đối thoại của người đứng đầu').locator('.status')).toContainText('còn 20 ngày');
});

test('figures are links to their lists, agencies to their pages', async ({ page }) => {
  await page.goto('/?period=2023');
  const gap = page.locator('.gapbars li');
  await expect(gap).toHaveText([/Quận Sao Mai.*62.*92/, /Huyện Trăng Non.*3.*97/, /Sở Đất và Nước.*2.*100/]);
  await page.getByRole('link', { name: '62 hồ sơ trễ của Quận Sao Mai' }).click();
  await expect(page).toHaveURL('/ho-so?period=2023&agency=Q1&list=late#danh-sach');
  await expect(page.getByRole('heading', { name: 'Trễ hạn: 62 hồ sơ' })).toBeVisible();
  await page.goto('/?period=2023');
  await page.getByRole('link', { name: '4 hồ sơ đã quá hạn' }).click();
  await expect(page.getByRole('heading', { name: 'Đang giải quyết, quá hạn: 4 hồ sơ' })).toBeVisible();
});

test('what can still be saved is counted by working days left', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('.rescue li')).toHaveText([
    '1hết hạn trong ngày',
    '1còn 1 ngày',
    '2còn 2–3 ngày',
    '1còn 4–5 ngày',
  ]);
});

test('the chart says its finding, and holds the same numbers as a table', async ({ page }) => {
  await page.goto('/');
  const chart = page.locator('figure#ho-so-theo-thang');
  await expect(chart.getByRole('heading')).toHaveText('1 tháng không có hồ sơ trễ; tháng 1 thấp nhất: 64,00\u{a0}%');
  await expect(chart.getByRole('img')).toBeVisible();
  await chart.getByText('Bảng số').click();
  await expect(chart.locator('tbody tr')).toHaveCount(12);
  await expect(chart.locator('tbody tr').first()).toContainText('64,00');
});

test('invented data are named on every page that shows them, and only there', async ({ page }) => {
  for (const path of ['/', '/ho-so']) {
    await page.goto(invented(path));
    await expect(page.getByRole('note')).toContainText('Số liệu mô phỏng');
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('note')).toHaveCount(0);
  }
});

test('every chart can be had as picture, workbook and text, for the same question', async ({ page, request }) => {
  const types = {
    'SVG': 'image/svg+xml',
    'PNG': 'image/png',
    'PNG cho Word': 'image/png',
    'Excel': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'CSV': 'text/csv; charset=utf-8',
    'JSON': 'application/json',
  };
  await page.goto('/?period=2023&agency=Q1');
  for (const menu of await page.locator('.dl summary').all()) await menu.click();
  for (const [form, type] of Object.entries(types)) {
    const links = await page.getByRole('link', { name: `Tải ${form}: `, exact: false }).all();
    expect(links).toHaveLength(5);
    for (const link of links) {
      const address = await link.getAttribute('href');
      expect(address).toContain('period=2023&agency=Q1');
      const answer = await request.get(address!);
      expect(answer.status(), address!).toBe(200);
      expect(answer.headers()['content-type'], address!).toBe(type);
      expect((await answer.body()).length, address!).toBeGreaterThan(100);
    }
  }
});

test('a table of numbers opens in a spreadsheet: it begins with a byte order mark and holds every month', async ({ request }) => {
  const text = await (await request.get('/bieu-do/ho-so-theo-thang.csv?period=2023')).text();
  expect(text.startsWith('\u{feff}')).toBe(true);
  for (let month = 1; month <= 12; month += 1) expect(text).toContain(`Tháng ${month}/2023`);
});
