// The overview once the client has taken it over: it answers at once, and says the same as the server.
import { control, expect, openAlive, target, test, withoutReload } from './product';

const CHOICES = [
  ['the agency', 'Đơn vị', 'Q1', 'agency=Q1', /Đến 29\/12\/2023/, '62 trễ trong 134'],
  ['the level', 'Cấp', 'commune', 'level=commune', /Đến 29\/12\/2023/, '64 trễ trong 162'],
  ['the cycle', 'Chu kỳ', 'reporting', 'cycle=reporting', /Đến 14\/12\/2023/, '67 trễ trong 261'],
  ['the day', 'Tính đến', '2023-06-30', 'as_of=2023-06-30', /Đến 30\/06\/2023/, '42 trễ trong 140'],
] as const;

for (const [what, label, value, parameter, heading, detail] of CHOICES) {
  test(`choosing ${what} changes page and address without loading it again, and back undoes it`, async ({ page }) => {
    const finding = page.getByRole('heading', { level: 1 });
    const returns = target(page, 'Hồ sơ trả đúng hạn');
    await openAlive(page, '/?period=2023');
    const before = await control(page, label).inputValue();
    await withoutReload(
      page,
      () => (label === 'Tính đến' ? control(page, label).fill(value) : control(page, label).selectOption(value)),
      async () => {
        await expect(page).toHaveURL((url) => url.search.includes(parameter) && url.search.includes('period=2023'));
        await expect(finding).toHaveText(heading);
        await expect(returns).toContainText(detail);
        await expect(control(page, label)).toHaveValue(value);
      },
    );
    await withoutReload(
      page,
      () => page.goBack(),
      async () => {
        await expect(page).toHaveURL('/?period=2023');
        await expect(finding).toHaveText(/Đến 29\/12\/2023/);
        await expect(returns).toContainText('67 trễ trong 261');
        await expect(control(page, label)).toHaveValue(before);
      },
    );
  });
}

test('choosing a period changes page and address without loading it again, and back undoes it', async ({ page }) => {
  const periods = page.getByRole('group', { name: 'Kỳ' });
  const finding = page.getByRole('heading', { level: 1 });
  await openAlive(page, '/');
  await withoutReload(
    page,
    () => periods.getByRole('link', { name: 'Quý', exact: true }).click(),
    async () => {
      await expect(page).toHaveURL('/?period=2023-Q4');
      await expect(periods.getByRole('link', { name: 'Quý', exact: true })).toHaveAttribute('aria-current', 'true');
    },
  );
  await withoutReload(
    page,
    () => periods.getByRole('link', { name: 'Kỳ trước' }).click(),
    async () => {
      await expect(page).toHaveURL('/?period=2023-Q3');
      await expect(finding).toContainText('Đến 30/09/2023');
    },
  );
  await withoutReload(
    page,
    async () => {
      await page.goBack();
      await page.goBack();
    },
    async () => {
      await expect(page).toHaveURL('/');
      await expect(finding).toContainText('Đến 29/12/2023');
      await expect(periods.getByRole('link', { name: 'Năm', exact: true })).toHaveAttribute('aria-current', 'true');
    },
  );
});

test('what the form does by itself is not asked for twice: there is no button where scripts run', async ({ page }) => {
  await openAlive(page, '/');
  await expect(page.getByRole('button', { name: 'Xem' })).toBeHidden();
});

test('charts stay as the server drew them when the client takes over', async ({ page, browser, baseURL }) => {
  const still = await browser.newPage({ javaScriptEnabled: false, baseURL });
  for (const address of ['/?period=2023', '/ho-so?period=2023']) {
    await still.goto(address);
    await openAlive(page, address);
    const drawn = (await still.locator('.drawing > div, .spark').all()).map((drawing) => drawing.innerHTML());
    const alive = (await page.locator('.drawing > div, .spark').all()).map((drawing) => drawing.innerHTML());
    expect(drawn.length).toBeGreaterThan(2);
    expect(await Promise.all(alive)).toEqual(await Promise.all(drawn));
  }
  await still.close();
});

test('the client draws a chart with the same markup as the server', async ({ page, browser, baseURL }) => {
  const still = await browser.newPage({ javaScriptEnabled: false, baseURL });
  await still.goto('/?period=2023');
  await openAlive(page, '/?period=2022');
  await page.getByRole('link', { name: 'Kỳ sau: Năm 2023' }).click();
  await expect(page).toHaveURL('/?period=2023');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Đến 29/12/2023');
  const charts = still.locator('.drawing > div, .spark');
  for (let place = 0; place < (await charts.count()); place += 1) {
    const drawn = await page.locator('.drawing > div, .spark').nth(place).innerHTML();
    expect(drawn).toBe(await charts.nth(place).innerHTML());
  }
  await still.close();
});

test('the arrow keys go through the points of a chart and speak them; Escape ends it', async ({ page }) => {
  await openAlive(page, '/?period=2023');
  const chart = page.locator('figure#ho-so-theo-thang');
  const spoken = chart.locator('[aria-live]');
  const tip = chart.locator('.tip');
  await chart.locator('.drawing').focus();
  await expect(spoken).toBeEmpty();
  for (const [key, month] of [
    ['ArrowRight', 1],
    ['ArrowRight', 2],
    ['ArrowLeft', 1],
    ['ArrowLeft', 1],
    ['End', 12],
    ['ArrowRight', 12],
    ['ArrowLeft', 11],
    ['Home', 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(spoken).toContainText(`Tháng ${month}/2023`);
    await expect(tip).toContainText(`Tháng ${month}/2023`);
  }
  await expect(spoken).toContainText('64,00');
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  await expect(spoken).toBeEmpty();
});

test('the pointer shows the nearest point, at any width, and nothing once it has left', async ({ page }) => {
  await openAlive(page, '/?period=2023');
  const chart = page.locator('figure#ho-so-theo-thang');
  const tip = chart.locator('.tip');
  for (const width of [1280, 720, 375]) {
    await page.setViewportSize({ width, height: 900 });
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.locator('.drawing').boundingBox())!;
    // Beyond the axis the first month is nearest, at the other end the last.
    await page.mouse.move(box.x + box.width * 0.06, box.y + box.height / 2);
    await expect(tip).toContainText('Tháng 1/2023');
    const shown = (await tip.boundingBox())!;
    expect(shown.x, `the tip is cut at ${width}`).toBeGreaterThanOrEqual(0);
    await page.mouse.move(box.x + box.width * 0.97, box.y + box.height / 2);
    await expect(tip).toContainText('Tháng 12/2023');
    const right = (await tip.boundingBox())!;
    expect(right.x, `the tip is cut at ${width}`).toBeGreaterThanOrEqual(0);
    expect(right.x + right.width, `the tip is cut at ${width}`).toBeLessThanOrEqual(width);
    await page.mouse.move(1, 1);
    await expect(tip).toHaveCount(0);
  }
});
