// Pages that come to life for who signed in: nothing is asked for in vain, and a session that ends is told.
import AxeBuilder from '@axe-core/playwright';
import { expect, guarded, openAlive, signIn, test } from './product';

const PAGES = {
  'the way in': ['', '/dang-nhap'],
  'an account': ['lanh-dao', '/tai-khoan'],
  'people': ['quan-tri', '/quan-tri'],
  'a person': ['quan-tri', '/quan-tri/nguoi/2'],
  'the audit log': ['quan-tri', '/quan-tri/nhat-ky'],
  'the audit log in English': ['quan-tri', '/quan-tri/nhat-ky?lang=en'],
};

for (const [name, [who, address]] of Object.entries(PAGES)) {
  test(`axe finds nothing on ${name}, and it fits a narrow screen`, async ({ page }) => {
    if (who) await signIn(page, who);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(guarded(address));
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary]));
      expect(found).toEqual([]);
    }
    for (const width of [375, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond, `at ${width} px`).toBeLessThanOrEqual(0);
    }
  });
}

test('a page goes on without loading anew, and says when the session is over', async ({ page, context }) => {
  await signIn(page, 'quan-1');
  await openAlive(page, guarded('/?period=2023&agency=Q1'));
  const pages = page.getByRole('navigation', { name: 'Trang' });
  await pages.getByRole('link', { name: 'Hồ sơ' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/\/ho-so\?.*agency=Q1/);
  await context.clearCookies();
  // The client is told by a status that the browser reports, as it should.
  page.removeAllListeners('console');
  await pages.getByRole('link', { name: 'Phản ánh' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cần đăng nhập');
  await page.reload();
  await expect(page).toHaveURL(/\/dang-nhap\?back=/);
});
