// Documents beside the pages, by axe's rules, on narrow screens, and by keys.
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './product';

const DOCUMENTS = {
  'the meeting': '/bao-cao/hop?period=2023-10',
  'the minutes': '/bao-cao/bien-ban?period=2023-10',
  'the wall board': '/bao-cao/bang-treo?period=2023&n=2&stop=1',
  'the meeting in English': '/bao-cao/hop?period=2023-10&lang=en',
};

for (const [name, address] of Object.entries(DOCUMENTS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in ${name} in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto(address);
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html]))).toEqual([]);
    });
  }

  test(`${name} fits a narrow screen`, async ({ page }) => {
    for (const width of [375, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(address);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond, `at ${width} px`).toBeLessThanOrEqual(0);
    }
  });
}

test('arrow keys turn the pages of a meeting, but not while one writes', async ({ page }) => {
  await page.goto('/bao-cao/hop?period=2023-10');
  await page.getByRole('textbox', { name: 'Đơn vị chủ trì' }).press('ArrowRight');
  await expect(page).toHaveURL(/period=2023-10$/);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/n=2|bien-ban/);
});
