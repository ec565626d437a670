/* global SwaggerUIBundle */
SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  // Without this the description's address would be sent to a public validator.
  validatorUrl: null,
});
