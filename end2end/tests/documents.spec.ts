// Documents beside the pages: the brief in its forms, the meeting with its minutes, the wall board. None needs a script.
import { writeFileSync } from 'node:fs';
import { expect, test } from './product';

test('the page on reports hands the brief of a month out as PDF, for Word and as HTML', async ({ page, request }) => {
  await page.goto('/bao-cao?period=2023');
  for (const [form, type] of [['PDF', 'application/pdf'], ['Word', 'officedocument'], ['HTML', 'text/html']]) {
    const link = page.getByRole('link', { name: `${form}: báo cáo Tháng 10/2023` });
    const answer = await request.get((await link.getAttribute('href'))!);
    expect(answer.status(), form).toBe(200);
    expect(answer.headers()['content-type'], form).toContain(type);
    expect(answer.headers()['content-disposition'], form).toContain('attachment; filename="bao-cao-2023-10.');
  }
});

test('the menu below a table hands it out whole, as the page shows it', async ({ page, request }) => {
  const tables = {
    '/ho-so?period=2023': ['Hồ sơ theo đơn vị', 'Hồ sơ theo cấp', 'Hồ sơ theo lĩnh vực'],
    '/phan-anh?period=2023': ['Phản ánh, kiến nghị theo đơn vị', 'Phản ánh, kiến nghị theo loại', 'Phản ánh, kiến nghị theo kênh'],
    '/doi-thoai?period=2023': ['Đối thoại theo đơn vị và kỳ 6 tháng'],
  };
  const types = { Excel: 'spreadsheetml', CSV: 'text/csv', PDF: 'application/pdf', JSON: 'application/json' };
  for (const [address, names] of Object.entries(tables)) {
    await page.goto(address);
    for (const name of names) {
      await page.getByText(`Tải về: ${name}`).click();
      for (const [form, type] of Object.entries(types)) {
        const link = page.getByRole('link', { name: `Tải ${form}: ${name}`, exact: true });
        await expect(link).toBeVisible();
        const answer = await request.get((await link.getAttribute('href'))!);
        expect(answer.status(), `${name}, ${form}`).toBe(200);
        expect(answer.headers()['content-type'], `${name}, ${form}`).toContain(type);
      }
    }
  }
});

test('the list of petitions that is open is the one its file holds', async ({ page, request }) => {
  await page.goto('/phan-anh?period=2023&petitions=in_time');
  await page.getByText('Tải về: Danh sách phản ánh, kiến nghị').click();
  const link = page.getByRole('link', { name: 'Tải CSV: Danh sách phản ánh, kiến nghị' });
  const csv = await (await request.get((await link.getAttribute('href'))!)).text();
  const codes = await page.locator('table.petitions tbody th').allTextContents();
  expect(codes.length).toBeGreaterThan(0);
  for (const code of codes) expect(csv).toContain(code);
});

test('form II.07b can be had as a workbook and as PDF', async ({ page, request }) => {
  await page.goto('/bao-cao?period=2023');
  for (const form of ['xlsx', 'pdf']) {
    const href = await page.locator(`a[href^="/bao-cao/ii-07b.${form}"]`).first().getAttribute('href');
    const answer = await request.get(href!);
    expect(answer.status(), form).toBe(200);
    expect(answer.headers()['content-disposition'], form).toContain('attachment');
  }
});

test('files that take long are watched on a page of their own', async ({ page }) => {
  await page.goto('/dang-lam');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tệp đang làm và đã làm');
  await page.goto('/dang-lam/khong-co');
  await expect(page.getByRole('alert')).toContainText('giữ một giờ');
});

test('a month as one file opens without a network, with its charts', async ({ page, request, context }, info) => {
  const html = await (await request.get('/bao-cao/thang.html?period=2023-10')).body();
  const file = info.outputPath('thang.html');
  writeFileSync(file, html);
  await context.setOffline(true);
  await page.goto(`file://${file}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('tháng 10 năm 2023');
  await expect(page.getByRole('img').first()).toBeVisible();
  await expect(page.getByRole('table').first()).toContainText('Hồ sơ trả đúng hạn và trước hạn');
});

test('a meeting goes through the targets off track, keeps what is concluded, and ends with the minutes', async ({ page }) => {
  await page.goto('/bao-cao/hop?period=2023-11');
  await page.getByRole('textbox', { name: 'Việc cần làm' }).fill('Rà soát hồ sơ quá hạn\nBáo cáo hằng tuần');
  await page.getByRole('textbox', { name: 'Đơn vị chủ trì' }).fill('Sở Xây dựng');
  await page.getByLabel('Hạn', { exact: true }).fill('2023-12-15');
  await page.getByRole('button', { name: 'Lưu kết luận' }).click();
  await expect(page.getByRole('textbox', { name: 'Việc cần làm' })).toHaveValue(/Báo cáo hằng tuần/);
  for (let turns = 0; turns < 6 && !page.url().includes('bien-ban'); turns++) {
    await page.getByRole('link', { name: /Chỉ tiêu sau|Biên bản/ }).click();
  }
  const minutes = page.getByRole('region', { name: 'Biên bản' });
  await expect(minutes).toContainText('Rà soát hồ sơ quá hạn');
  await expect(minutes).toContainText('15/12/2023');
});

test('the wall board turns by itself, says the day of its data, and stays where it is told to', async ({ page }) => {
  await page.goto('/bao-cao/bang-treo?period=2023');
  await expect(page.locator('meta[http-equiv=refresh]')).toHaveAttribute('content', /^20;url=\/bao-cao\/bang-treo\?period=2023&n=2$/);
  await expect(page.getByText('số liệu đến: hồ sơ')).toBeVisible();
  await page.getByRole('link', { name: 'Dừng lại ở trang này' }).click();
  await expect(page.locator('meta[http-equiv=refresh]')).toHaveCount(0);
  await page.getByRole('link', { name: 'Sau →' }).click();
  await expect(page.getByText('2 / 5')).toBeVisible();
});
