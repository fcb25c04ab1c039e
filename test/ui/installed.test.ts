import { useWorkbench } from './workbench';

describe('The packaged extension, installed into VS Code', () => {
  const workbench = useWorkbench();

  it('shows its view, with a way to start', async () => {
    await workbench().openViewContainer('Smile ID');
    await workbench().sideBar.getByText('start the local simulator').waitFor();
    await workbench().screenshot('welcome');
  });
});
