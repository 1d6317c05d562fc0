import tailwind from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { shellWorker } from './shell-worker/plugin.ts'

// In development the API runs beside Vite; in production the API serves dist/ itself, on one address.
const api = `http://127.0.0.1:${process.env['API_PORT'] ?? '3001'}`

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), tailwind(), shellWorker()],
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    // Messages are interpreted, not turned into functions: the content security policy forbids eval.
    __INTLIFY_JIT_COMPILATION__: 'true',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
  },
  build: { target: ['chrome125', 'firefox128', 'safari17.5'], cssTarget: ['chrome125', 'firefox128', 'safari17.5'], assetsInlineLimit: 0 },
  server: { host: '127.0.0.1', proxy: { '/api': api, '/dev': api, '/hooks': api, '/o': api } },
})
