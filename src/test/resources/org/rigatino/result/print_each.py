import sys, pydicom

for name in sys.argv[1:]:
    print(pydicom.dcmread(name))
