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
