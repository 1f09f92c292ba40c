import type { NextConfig } from 'next';

const config: NextConfig = {
  // For development: under what name browsers ask for it.
  allowedDevOrigins: ['app.acme.localhost'],
};

export default config;
