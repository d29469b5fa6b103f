import adapter from '@sveltejs/adapter-static';

const out = '../../out/sveltekit';

// The crawler would follow the `src` of the button to a file that the build does not contain.
export default { kit: { adapter: adapter({ pages: out, assets: out }), prerender: { crawl: false } } };
