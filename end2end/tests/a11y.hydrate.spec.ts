// Everyone can read and work the pages: by axe's rules, on narrow screens, with a keyboard, with a thumb.
import AxeBuilder from '@axe-core/playwright';
import { control, expect, openAlive, test } from './product';

const PAGES = {
  'the overview': '/?period=2023',
  'case files': '/ho-so?period=2023',
  'a list of files': '/ho-so?period=2023&agency=Q1&list=late',
  'petitions': '/phan-anh?period=2023',
  'a list of petitions': '/phan-anh?period=2023&petitions=late',
  'dialogues': '/doi-thoai?period=2023',
  'the indexes': '/chi-so?period=2023',
  'a list of dialogues': '/doi-thoai?period=2023&dialogues=held',
  'offices to remind': '/doi-thoai?period=2023&only=missing',
  'letters of apology': '/ho-so?period=2023&list=letter_missing',
  'data': '/du-lieu',
  'undoing an import': '/du-lieu?undo=4',
  'reports': '/bao-cao',
  'a search': '/tim-kiem?q=sao',
  'a wrong address': '/ho-so?period=Q9',
  'the overview in English': '/?period=2023&lang=en',
  'case files in English': '/ho-so?period=2023&lang=en',
  'petitions in English': '/phan-anh?period=2023&lang=en',
  'dialogues in English': '/doi-thoai?period=2023&lang=en',
  'the indexes in English': '/chi-so?period=2023&lang=en',
  'data in English': '/du-lieu?lang=en',
  'reports in English': '/bao-cao?lang=en',
  'a search in English': '/tim-kiem?q=sao&lang=en',
};

for (const [name, address] of Object.entries(PAGES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on ${name} in ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await openAlive(page, address);
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
      expect(found).toEqual([]);
    });
  }

  test(`${name} fits a narrow screen: nothing but tables moves sideways`, async ({ page }) => {
    for (const width of [375, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await openAlive(page, address);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond, `at ${width} px`).toBeLessThanOrEqual(0);
    }
  });

  test(`${name} fits on A4: paper does not move sideways`, async ({ page }) => {
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print' });
    await openAlive(page, address);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
  });

  test(`what one presses on ${name} is at least 24 px high and wide`, async ({ page }) => {
    for (const width of [1280, 375]) {
      await page.setViewportSize({ width, height: 800 });
      await openAlive(page, address);
      const small = await page.evaluate(() => {
        const isSeen = (element: Element) => element.checkVisibility() && !element.matches('.skip');
        // Links within a sentence may be as high as its line (WCAG 2.5.8).
        const isInline = (element: Element) => getComputedStyle(element).display === 'inline';
        return [...document.querySelectorAll('a, button, select, input:not([type=hidden]), summary')]
          .filter((element) => isSeen(element) && !isInline(element))
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          // A short number in a table is as wide as it is; its cell keeps the next one away.
          .filter(({ element, box }) => box.height < 24 || (box.width < 24 && !element.closest('td, dd')))
          .map(({ element, box }) => `${box.width.toFixed(1)} × ${box.height.toFixed(1)}: ${element.outerHTML.slice(0, 120)}`);
      });
      expect(small, `at ${width} px`).toEqual([]);
    }
  });
}

test('the first press of Tab offers the way past the masthead, and it leads there', async ({ page }) => {
  await openAlive(page, '/');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Tới nội dung' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);
  await page.keyboard.press('Tab');
  await expect(page.locator('main :focus')).toHaveCount(1);
});

test('the page can be worked by keyboard alone: every control shows where the focus is', async ({ page }) => {
  await openAlive(page, '/?period=2023');
  for (const label of ['Tính đến', 'Đơn vị', 'Cấp', 'Chu kỳ']) {
    const field = control(page, label);
    await field.focus();
    await page.keyboard.press('Shift');
    await expect(field).toHaveCSS('outline-style', 'solid');
  }
});
